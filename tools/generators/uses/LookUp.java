import org.openapitools.client.ApiClient;
import org.openapitools.client.api.OwnersApi;
import org.openapitools.client.model.OwnerProfiles;

public class LookUp {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.setBasePath(System.getenv("OWNER_PROFILES_URL"));
    client.setApiKey(System.getenv("OWNER_PROFILES_API_KEY"));
    OwnerProfiles found = new OwnersApi(client).getOwnerProfiles("anna-pl", null, null);
    if (!found.getProfiles().contains("pet-owner")) throw new IllegalStateException(found.toString());
  }
}
