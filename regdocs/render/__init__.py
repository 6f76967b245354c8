"""Writers: each prints a content tree. They know trees, paper and fonts, and nothing of the protocol."""
