"""Referrals and what is counted from them: immutable Parquet files, and the list of those that are live."""
