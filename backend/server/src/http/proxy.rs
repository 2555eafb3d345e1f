//! The proxies in front of the server, and whom they say a request comes from.

use std::net::IpAddr;
use std::str::FromStr;

use super::attempt::parse;

/// A network of proxies, e.g. `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: u128,
    mask: u128,
}

/// Text that is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be an address or a network, e.g. 10.0.0.7 or 10.0.0.0/8")]
pub struct WrongNetwork;

impl FromStr for Network {
    type Err = WrongNetwork;

    fn from_str(text: &str) -> Result<Self, WrongNetwork> {
        let (address, length) = text.split_once('/').unwrap_or((text, ""));
        let address: IpAddr = address.parse().ok().ok_or(WrongNetwork)?;
        let (most, before) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let length = if length.is_empty() { most } else { length.parse::<u32>().ok().ok_or(WrongNetwork)? };
        if length > most {
            return Err(WrongNetwork);
        }
        let mask = u128::MAX.checked_shl(128 - before - length).unwrap_or_default();
        Ok(Self { address: bits(address) & mask, mask })
    }
}

impl Network {
    fn has(&self, address: IpAddr) -> bool {
        bits(address) & self.mask == self.address
    }
}

/// IPv4 addresses stand where IPv6 maps them.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<Network>);

impl Proxies {
    /// These.
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    /// The client: whoever the connection comes from, or, where that is a proxy, whom the proxies name in
    /// `X-Forwarded-For`. What stands to the left of the first address that is no proxy was written by anybody.
    pub(super) fn client<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let mut client = peer;
        let named: Vec<&str> = forwarded.flat_map(|line| line.split(',')).collect();
        for name in named.into_iter().rev() {
            if !self.0.iter().any(|network| network.has(client)) {
                break;
            }
            let Some(address) = parse(name) else { break };
            client = address;
        }
        client
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let networks = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8:5::/48"].map(|text| text.parse().unwrap());
        let proxies = Proxies::new(networks.to_vec());
        proxies.client(peer.parse().unwrap(), forwarded.iter().copied()).to_string()
    }

    #[test]
    fn a_client_cannot_say_who_it_is_and_a_proxy_can() {
        for (peer, forwarded, expected) in [
            ("192.0.2.7", ["203.0.113.9"].as_slice(), "192.0.2.7"),
            ("127.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &["1.1.1.1, 203.0.113.9, 10.1.2.3"], "203.0.113.9"),
            ("10.9.9.9", &["1.1.1.1", "203.0.113.9"], "203.0.113.9"),
            ("2001:db8:5::1", &["[2001:db8:7::1]"], "2001:db8:7::1"),
            ("127.0.0.1", &["203.0.113.9, nonsense"], "127.0.0.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
        ] {
            assert_eq!(client(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_network_is_an_address_with_a_length() {
        for wrong in ["", "10.0.0.0/33", "::/129", "example.dk", "10.0.0.0/x"] {
            assert_eq!(wrong.parse::<Network>(), Err(WrongNetwork), "{wrong}");
        }
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.has("192.0.2.7".parse().unwrap()) && !all.has("2001:db8::1".parse().unwrap()));
    }
}
