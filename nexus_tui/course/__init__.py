"""What is taught: reads course files into frozen values; knows no learner."""
