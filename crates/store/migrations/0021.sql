-- The acts after a moment, and whose numbers were said to stand differently by them, are found without walking through all.
create index audit_by_time on audit (register, at, seq);
create index number_standing_by_act on number_standing (register, audit_seq, child);
create index number_standing_by_end on number_standing (register, ended_seq, child);

-- Who works for a commune looks for its children by name, not for those of the whole book.
create index child_by_unit_and_name on child (register, edition, unit, name_key, id);
