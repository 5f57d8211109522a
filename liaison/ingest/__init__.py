"""Files in: any format becomes checked facts or records, or a sentence that says why not."""
