//! What correct pages declare.
