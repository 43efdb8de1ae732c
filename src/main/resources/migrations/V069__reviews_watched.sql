-- What is looked for again and again is found without passing what has ended.

CREATE INDEX review_runs_created ON review_runs (created_at);
CREATE INDEX review_runs_open ON review_runs (id) WHERE finished_at IS NULL;
CREATE INDEX review_tasks_open ON review_tasks (run, job) WHERE sealed < 2 AND refusal IS NULL;
CREATE INDEX review_tasks_done ON review_tasks (run, finished_at) WHERE sealed = 2;
