"""A sitting: today's queue, the session and the lesson; neither terminal nor torch."""
