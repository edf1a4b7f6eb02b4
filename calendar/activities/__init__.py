"""When we do things together: activities, the pages that show them, and the feeds of them.

The folder around this package is called `calendar` and must hold nothing else: it is a source
root, not a package (see `hub/__init__.py`).
"""
