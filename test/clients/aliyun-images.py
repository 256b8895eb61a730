"""Lists, copies, shares, and deletes an image with Apache Libcloud's driver for Alibaba Cloud ECS, which speaks XML.

Arguments: access key ID, its secret, region, second region, image ID, and the accounts to share with.
"""
import sys
import time

from libcloud.common.types import LibcloudError
from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider

key, secret, region, second_region, image_id, *accounts = sys.argv[1:]
driver_class = get_driver(Provider.ALIYUN_ECS)
driver, second_driver = driver_class(key, secret, region=region), driver_class(key, secret, region=second_region)


def call(action, image, **parameters):
    """The driver has no call for sharing; its connection signs any action."""
    stated = {"Action": action, "RegionId": second_region, "ImageId": image.id, **parameters}
    return second_driver.connection.request("/", stated).object


def accounts_of(image):
    return sorted(account.text for account in call("DescribeImageSharePermission", image).iter("AliyunId"))


assert region in [location.id for location in driver.list_locations()]
assert image_id in [image.id for image in driver.list_images()]
image = driver.get_image(image_id)
try:
    second_driver.copy_image(region, image, "libcloud-copy")
except LibcloudError:
    # The driver looks for the copy at once, among images that are available. It is still being made.
    pass
copies = []
while not copies:
    time.sleep(0.5)
    copies = [one for one in second_driver.list_images() if one.name == "libcloud-copy"]
[copy] = copies

call("ModifyImageSharePermission", copy, **{f"AddAccount.{at}": account for at, account in enumerate(accounts, 1)})
assert accounts_of(copy) == sorted(accounts)
try:
    second_driver.delete_image(copy)
    sys.exit("a shared image was deleted")
except Exception as refused:
    assert "ImageUseShared" in str(refused), refused

call("ModifyImageSharePermission", copy, **{f"RemoveAccount.{at}": account for at, account in enumerate(accounts, 1)})
assert accounts_of(copy) == []
assert second_driver.delete_image(copy)
