//! lotse: a messenger guide for refugees in Germany.
