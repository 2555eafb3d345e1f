//! Which media type the answer gets (GraphQL over HTTP, "Media Types").

/// How to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status code tells how it went.
    Response,
    /// `application/json`: a well-formed request is answered with 200.
    Json,
    /// `text/event-stream`: each event as it happens.
    Events,
}

impl Media {
    /// The value of `Content-Type`.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
        }
    }

    /// The first of the accepted types that we have, by weight; none when there is none.
    ///
    /// Clients of subscriptions accept several types of streams: then the events win.
    pub(super) fn negotiate(accept: Option<&str>) -> Option<Self> {
        let Some(accept) = accept.map(str::trim).filter(|accept| !accept.is_empty()) else {
            return Some(Self::Json);
        };
        if accept.to_ascii_lowercase().starts_with("text/event-stream") {
            return Some(Self::Events);
        }
        let mut best: Option<(u32, Self)> = None;
        for range in accept.split(',') {
            let Some((weight, media)) = Self::of_range(range) else { continue };
            if best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, media));
            }
        }
        best.map(|(_, media)| media)
    }

    /// One media range with its weight in thousandths.
    fn of_range(range: &str) -> Option<(u32, Self)> {
        let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
        let media = match parts.next()?.as_str() {
            "application/graphql-response+json" => Self::Response,
            "application/json" | "application/*" | "*/*" => Self::Json,
            "text/event-stream" => Self::Events,
            _ => return None,
        };
        let mut weight = 1_000;
        for parameter in parts {
            match parameter.split_once('=') {
                Some(("q", value)) => weight = thousandths(value)?,
                Some(("charset", charset)) if charset.trim_matches('"') != "utf-8" => return None,
                _ => {}
            }
        }
        (weight > 0).then_some((weight, media))
    }
}

/// `0.8` as 800; none for what is no weight.
fn thousandths(weight: &str) -> Option<u32> {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    let part = format!("{part:0<3}");
    let value = whole.parse::<u32>().ok()? * 1_000 + part.get(..3)?.parse::<u32>().ok()?;
    (value <= 1_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::Media;

    #[test]
    fn the_heaviest_type_that_we_have_wins() {
        for (accept, expected) in [
            (None, Some(Media::Json)),
            (Some("*/*"), Some(Media::Json)),
            (Some("application/json"), Some(Media::Json)),
            (
                Some("application/graphql-response+json; charset=utf-8, application/json; q=0.9"),
                Some(Media::Response),
            ),
            (Some("application/graphql-response+json;q=0.5, application/json;q=0.9"), Some(Media::Json)),
            (Some("text/html, application/json;q=0"), None),
            (Some("application/json; charset=iso-8859-1"), None),
            (Some("text/event-stream, multipart/mixed"), Some(Media::Events)),
            (Some("image/png"), None),
        ] {
            assert_eq!(Media::negotiate(accept), expected, "{accept:?}");
        }
    }
}
