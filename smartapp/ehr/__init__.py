"""Everything that speaks HTTP to an EHR: its addresses, the one client, fetching the chart, launch and delivery."""
