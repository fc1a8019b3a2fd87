"""History that proves itself: canonical bytes, Merkle tree, checkpoints, exports. Pure."""
