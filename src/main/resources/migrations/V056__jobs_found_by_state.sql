-- A page of one type in one state, and of one submitter, is found without passing others.

DROP INDEX jobs_type;
CREATE INDEX jobs_type_state ON jobs (type, state, id);
CREATE INDEX jobs_submitter ON jobs (submitter, id);
