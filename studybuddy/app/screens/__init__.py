"""The screens: Today, the lesson, the review, help."""
