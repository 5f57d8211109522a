"""The quick log: a small page of our own that keeps what is typed on the phone and sends it when there is a line."""
