"""What can be run and computed: names, ranges, predictions, figures and scoring; no torch."""
