//! SHA-256 over values, by which `check` sees what was changed without the program: journal entries, quoted records, drafts.

use sha2::{Digest, Sha256};

/// The digest of some values, in hexadecimal. Each comes with its length in front, so that no other values give the same digest.
pub(super) fn digest<'v>(values: impl IntoIterator<Item = Option<&'v str>>) -> String {
    let mut digest = Sha256::new();
    for value in values {
        match value {
            None => digest.update([0]),
            Some(text) => {
                digest.update([1]);
                digest.update((text.len() as u64).to_be_bytes());
                digest.update(text.as_bytes());
            }
        }
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
