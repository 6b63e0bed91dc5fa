//! Addresses of files: `file:///work/card.rhai`.

use std::path::{Path, PathBuf};

/// The file that an address names; none for what is no file, such as a text that was never saved.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    // What stands before the path is a host; of this machine it is empty or its name.
    let path = rest.get(rest.find('/')?..)?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut left = path.bytes();
    while let Some(byte) = left.next() {
        if byte == b'%' {
            let digits = [left.next()?, left.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The address of a file.
pub(super) fn address_of(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = path.strip_prefix(r"\\?\").unwrap_or(&path).replace('\\', "/");
    let mut address = String::from("file://");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_of_any_script_are_escaped() {
        let path = Path::new("/work/政策 1/card.rhai");
        assert_eq!(address_of(path), "file:///work/%E6%94%BF%E7%AD%96%201/card.rhai");
        assert_eq!(path_of("file://localhost/a%20b"), Some(PathBuf::from("/a b")));
        assert_eq!(path_of("file:///C%3A/a"), Some(PathBuf::from("C:/a")));
        assert_eq!(path_of("untitled:Untitled-1"), None);
        assert_eq!(path_of("file:///a%2"), None);
    }

    proptest! {
        #[test]
        fn a_path_is_found_again(path in "(/[a-z 政%?#🏦]{1,5}){1,3}") {
            prop_assert_eq!(path_of(&address_of(Path::new(&path))), Some(PathBuf::from(path)));
        }

        #[test]
        fn any_address_is_a_path_or_none(address in "(file:)?/{0,3}.{0,20}") {
            let _ = path_of(&address);
        }
    }
}
