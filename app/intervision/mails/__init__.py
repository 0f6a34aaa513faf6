"""Every mail of intervision: what is written, and to whom. `app.intervision.jobs` says which job sends which."""
