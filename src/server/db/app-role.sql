-- Gives a role what the running API needs and no more. Run it as the owner of the tables, at first
-- and after each update:
--   psql DATABASE -v role=NAME -f src/server/db/app-role.sql
-- The owner migrates: start the API once with the owner's address, then run it with that of the
-- role.
grant usage on schema public to :"role";
grant select, insert, update, delete on all tables in schema public to :"role";
grant usage on all sequences in schema public to :"role";
-- Entries of the log are only ever added, and a role that may not alter the table cannot remove the
-- trigger that ensures it.
revoke update, delete on audit_log from :"role";
revoke insert, update, delete on schema_migrations from :"role";
