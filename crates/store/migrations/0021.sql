-- The acts after a moment, and whose numbers were said to stand differently by them, are found without walking through all.
create index audit_by_time on audit (register, at, seq);
create index number_standing_by_act on number_standing (register, audit_seq, child);
create index number_standing_by_end on number_standing (register, ended_seq, child);
