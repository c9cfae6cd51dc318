"""The live experiments: from a prepared task to a result of plain data and figures."""
