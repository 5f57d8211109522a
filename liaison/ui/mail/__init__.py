"""Parts about mail: what became of it, what each person is told, and follow-up mails from a template."""
