//! Many short lists in two pieces of memory: tens of thousands of small ones cost more for their keeping than for what is in
//! them.

use std::ops::Range;

/// Lists, one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lists<T> {
    all: Box<[T]>,
    /// Where each ends.
    ends: Box<[u32]>,
}

/// Texts, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    all: Box<str>,
    ends: Box<[u32]>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            all: Box::default(),
            ends: Box::default(),
        }
    }
}

impl<T, L: IntoIterator<Item = T>> FromIterator<L> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let (mut all, mut ends) = (Vec::new(), Vec::new());
        for list in lists {
            all.extend(list);
            ends.push(place(all.len()));
        }
        Self {
            all: all.into(),
            ends: ends.into(),
        }
    }
}

impl<T> Lists<T> {
    /// From what is in all of them, and where each ends.
    pub fn new(all: Vec<T>, ends: Vec<u32>) -> Self {
        Self {
            all: all.into(),
            ends: ends.into(),
        }
    }

    /// A list; empty if there is none with this number.
    pub fn get(&self, number: usize) -> &[T] {
        self.all.get(range(&self.ends, number)).unwrap_or_default()
    }
}

impl<'t> FromIterator<&'t str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for text in texts {
            all.push_str(text);
            ends.push(place(all.len()));
        }
        Self {
            all: all.into(),
            ends: ends.into(),
        }
    }
}

impl Texts {
    /// A text; empty if there is none with this number.
    pub fn get(&self, number: usize) -> &str {
        self.all.get(range(&self.ends, number)).unwrap_or_default()
    }
}

fn range(ends: &[u32], number: usize) -> Range<usize> {
    let end = |at: usize| ends.get(at).map(|end| *end as usize);
    let start = number.checked_sub(1).map_or(Some(0), end);
    match (start, end(number)) {
        (Some(start), Some(end)) => start..end,
        _ => 0..0,
    }
}

/// Lists of more than four thousand million things do not fit into memory.
fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_found_again_and_what_is_not_there_is_empty() {
        let lists: Lists<u8> = [vec![1, 2], vec![], vec![3]].into_iter().collect();
        let got: Vec<&[u8]> = (0..4).map(|n| lists.get(n)).collect();
        assert_eq!(got, [&[1, 2][..], &[], &[3], &[]]);
        assert_eq!(Lists::<u8>::default().get(0), &[] as &[u8]);
        let texts: Texts = ["я", "", "ab"].into_iter().collect();
        let got: Vec<&str> = (0..4).map(|n| texts.get(n)).collect();
        assert_eq!(got, ["я", "", "ab", ""]);
    }
}
