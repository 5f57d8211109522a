"""What pages are made of. The only room that knows Streamlit."""
