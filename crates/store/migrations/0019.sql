-- Children of a unit are read page by page, by id: without the id in the index a page of a small unit walks all children of the book.
create index child_by_unit_and_id on child (register, edition, unit, id);
drop index child_by_unit;
