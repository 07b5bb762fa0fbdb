"""What follows from what was accepted: OWL 2 RL with proofs, and a check by a DL reasoner."""
