"""志愿服务: teams of neighbours, help that is asked for in large letters, services whose hours are confirmed and certified."""
