"""A learner's drawing against a diagram card: read, matched, scored and explained."""
