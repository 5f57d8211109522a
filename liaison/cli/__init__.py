"""The command line is the contract: everything that a page shows, a command prints."""
