//! Step *report*: the lists people print and work with.
