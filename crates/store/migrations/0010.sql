-- Names are asked for in order: an index that ends with the id gives a page of them without a sort.
create index child_by_name_and_id on child (register, name_key, id);
drop index child_by_name;
