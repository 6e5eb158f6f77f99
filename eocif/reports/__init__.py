"""What people keep of a review: documents, workbooks and data, as bytes.

A writer takes a summary and lays it out. It decides nothing about who may read what: what a
version may not show is not in the summary.
"""
