from django.urls import path

from hemma.desk.views import api

app_name = "desk_api"
urlpatterns = [
    path("openapi.json", api.description, name="description"),
    path("cases", api.api_cases, name="cases"),
    path("cases/<int:number>", api.api_case, name="case"),
    path("cases/<int:number>/messages", api.api_messages, name="messages"),
    path("customers", api.api_customers, name="customers"),
    path("customers/<int:customer_id>", api.api_customer, name="customer"),
    # Whatever else is asked below: a problem that a program can read, not a page.
    path("<path:rest>", api.api_nothing, name="nothing"),
]
