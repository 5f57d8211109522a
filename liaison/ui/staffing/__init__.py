"""Parts of the page Staffing and goals: are we enough, and are the goals of the year in reach?"""
