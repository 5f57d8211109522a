"""Parts of the page How good is this: what can honestly be shown of the ranking, for the sceptic."""
