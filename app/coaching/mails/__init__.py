"""Every mail of coaching: what is written, and to whom. `app.coaching.jobs` says which job sends which."""
