"""The content tree, the markup it is read from, its JSON form, and questions asked of it."""
