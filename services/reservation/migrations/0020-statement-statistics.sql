-- Which statements take the time: without it nobody can tell that an index is missing. Aurora loads the library; a database has the view by this alone.
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
