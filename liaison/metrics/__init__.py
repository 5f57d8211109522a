"""What is counted, defined once; figures and the sentences they carry. Knows neither pages nor charts."""
