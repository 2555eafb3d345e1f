//! Pages of lists: opaque cursors that carry the sort key of a row.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use varsel_domain::rules::Text;

use crate::view::{Page, PageRequest};
use crate::{Error, Result};

/// The longest page.
const LONGEST: u32 = 100;

/// A page that was asked for, checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<K> {
    first: usize,
    /// The sort key after which it begins.
    pub(crate) after: Option<K>,
}

impl<K: Serialize + DeserializeOwned> Wanted<K> {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `first` or `after`.
    pub(crate) fn parse(request: &PageRequest) -> Result<Self> {
        if !(1..=LONGEST).contains(&request.first) {
            let da = format!("Vælg mellem 1 og {LONGEST} rækker.");
            let en = format!("Choose between 1 and {LONGEST} rows.");
            return Err(Error::Invalid { field: "first", message: Text { da, en } });
        }
        let first = usize::try_from(request.first).map_err(|error| Error::Internal(error.to_string()))?;
        let after = request.after.as_deref().map(decode).transpose()?;
        Ok(Self { first, after })
    }

    /// How many rows to read: one more than the page has, to learn whether there are more.
    pub(crate) fn limit(&self) -> u64 {
        u64::try_from(self.first).unwrap_or(u64::MAX).saturating_add(1)
    }

    /// The page of these rows, each with its sort key.
    ///
    /// # Errors
    /// A key that cannot be written.
    pub(crate) fn page<T>(&self, mut rows: Vec<(K, T)>, total: u64) -> Result<Page<T>> {
        let has_next = rows.len() > self.first;
        rows.truncate(self.first);
        let rows = rows.into_iter().map(|(key, row)| Ok((encode(key)?, row))).collect::<Result<_>>()?;
        // A cursor is always the key of a row that stood before this page.
        Ok(Page { rows, has_next, has_previous: self.after.is_some(), total })
    }
}

fn encode<K: Serialize>(key: K) -> Result<String> {
    let json = serde_json::to_vec(&key).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K> {
    let json = URL_SAFE_NO_PAD.decode(cursor).ok();
    json.and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(|| Error::Invalid {
        field: "after",
        message: Text {
            da: "Ikke en markør fra denne liste. Begynd forfra uden markør.".to_owned(),
            en: "Not a cursor of this list. Begin again without one.".to_owned(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(first: u32, after: Option<&str>) -> Result<Wanted<(u8, u8)>> {
        Wanted::parse(&PageRequest { first, after: after.map(str::to_owned) })
    }

    #[test]
    fn a_page_has_1_to_100_rows() {
        for first in [0, 101, u32::MAX] {
            assert!(matches!(asked(first, None), Err(Error::Invalid { field: "first", .. })), "{first}");
        }
        assert_eq!(asked(100, None).unwrap().limit(), 101);
    }

    #[test]
    fn a_cursor_that_is_not_ours_is_refused_by_name() {
        for cursor in ["", "!", "bm8", &encode("text").unwrap(), &encode((1, 2, 3)).unwrap()] {
            assert!(matches!(asked(1, Some(cursor)), Err(Error::Invalid { field: "after", .. })), "{cursor}");
        }
    }

    #[test]
    fn the_cursor_of_a_row_leads_to_the_rows_after_it() {
        let page =
            asked(2, None).unwrap().page(vec![((1, 2), 'a'), ((3, 4), 'b'), ((5, 6), 'c')], 3).unwrap();
        assert!(page.has_next && !page.has_previous);
        assert_eq!(page.rows.len(), 2);
        assert_eq!(asked(2, Some(&page.rows[1].0)).unwrap().after, Some((3, 4)));
    }
}
