"""What goes to a body: profiles, the contents of a package, its letter and manifest, and verifying one."""
