"""From a graph to a picture in four steps: place boxes, route lines, give sizes, ink."""
