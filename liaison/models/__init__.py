"""What is worked out from panels of practices and months: whom to see next, what visits brought, what to expect."""
