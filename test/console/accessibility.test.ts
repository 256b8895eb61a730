import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { accessCheckerTexts } from '../../console/src/access-checker/texts.ts';
import { accountTexts } from '../../console/src/account/texts.ts';
import { recordTexts } from '../../console/src/activity/record-texts.ts';
import { activityTexts } from '../../console/src/activity/texts.ts';
import { addressBookTexts } from '../../console/src/address-book/texts.ts';
import { apiCallTexts } from '../../console/src/api-call/texts.ts';
import { csvTexts } from '../../console/src/components/csv-texts.ts';
import { copyJobTexts } from '../../console/src/copy-jobs/texts.ts';
import { detailsTexts } from '../../console/src/images/details-texts.ts';
import { dialogTexts } from '../../console/src/images/dialog-texts.ts';
import { imagesTexts } from '../../console/src/images/texts.ts';
import { instancesTexts } from '../../console/src/instances/texts.ts';
import { ownersTexts } from '../../console/src/owners/texts.ts';
import { publicImagesTexts } from '../../console/src/public-images/texts.ts';
import { recipientsTexts } from '../../console/src/recipients/texts.ts';
import { regionRulesTexts } from '../../console/src/region-rules/texts.ts';
import { sharedImagesTexts } from '../../console/src/shared-images/texts.ts';
import { sharingTexts } from '../../console/src/sharing/texts.ts';
import { commonTexts } from '../../console/src/texts/common.ts';
import { cancelImageShares } from '../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../functions/delete-image.ts';
import { putAddressBookEntry } from '../../functions/put-address-book-entry.ts';
import { putPublicImage } from '../../functions/put-public-image.ts';
import { startCopyJob } from '../../functions/start-copy-job.ts';
import { apiOf, operator } from '../support/api.ts';
import { openConsole, waitMaxMs } from '../support/browser.ts';
import { anImageOf, freshId, launch, share } from '../support/client.ts';
import { type Scene, setScene } from '../support/scene.ts';
import { origin } from '../support/service.ts';

/** A busy page can miss a resize event, so resize several times. */
const resizesMax = 6;
const narrow = { width: 360, height: 740 };
const wide = { width: 1280, height: 900 };
/** Shared, so that it can't be deleted in its region. */
const image = 'rocky-9-postgres-16';

let scene: Scene;
let publicImageId: string;
let deletedImageId: string;

beforeAll(async () => {
  const id = freshId();
  scene = await setScene(
    (index) => `${id}-${index}`,
    (index) => `${id}-p${index}`,
  );
  const me = apiOf({ account: scene.account });
  const [lost, expiring] = [scene.image('spark-3.5-worker'), scene.image('edge-gateway')];
  await launch(me, lost);
  await apiOf({ account: lost.owner }).ok(cancelImageShares, { region: lost.region, imageId: lost.imageId, all: 'true' });
  const inTwoDays = { expiresAt: new Date(Date.now() + 2 * 86_400_000).toISOString() };
  await share(
    apiOf({ account: expiring.owner }),
    { region: expiring.region, imageId: expiring.imageId },
    [scene.account],
    inTwoDays,
  );
  publicImageId = freshId('pub-');
  await operator().ok(putPublicImage, { region: scene.region, imageId: publicImageId, name: 'debian', sizeGiB: 8 });
  ({ imageId: deletedImageId } = await anImageOf(me, scene.region));
  await me.ok(deleteImage, { region: scene.region, imageId: deletedImageId });
  await me.ok(putAddressBookEntry, { principalId: scene.others[0], name: 'Globex', note: 'Berlin' });
  await me.ok(putAddressBookEntry, { principalId: scene.others[49], name: 'x'.repeat(128), note: 'y'.repeat(256) });
});

const textsIn = (language: 'en' | 'zh') => ({
  common: commonTexts[language],
  apiCall: apiCallTexts[language],
  images: imagesTexts[language],
  details: detailsTexts[language].account,
  copyJobs: copyJobTexts[language].account,
  dialogs: dialogTexts[language],
  sharing: sharingTexts[language].account,
  recipients: recipientsTexts[language],
  shared: sharedImagesTexts[language],
  public: publicImagesTexts[language],
  owners: ownersTexts[language].account,
  instances: instancesTexts[language],
  activity: activityTexts[language],
  records: recordTexts[language].account,
  csv: csvTexts[language],
  addressBook: addressBookTexts[language],
  account: accountTexts[language],
  checker: accessCheckerTexts[language],
  rules: regionRulesTexts[language],
});
type Texts = ReturnType<typeof textsIn>;

/** A tour of the console that checks every page and dialog. */
interface Tour {
  readonly page: Page;
  readonly texts: Texts;
  readonly dialog: Locator;
  /** Opens a path below /console and waits for its content. */
  readonly go: (path: string, shown: Locator) => Promise<void>;
  /** Opens a page from the navigation, which takes less time than loading the console again, and waits for its content. */
  readonly visit: (path: string, title: string, shown: Locator) => Promise<void>;
  readonly button: (name: string, within?: Page | Locator) => Locator;
  readonly menu: (button: string, item: string) => Promise<void>;
  /** Checks the page, on a narrow screen too. */
  readonly look: (name: string) => Promise<void>;
  readonly lookNarrow: (name: string) => Promise<void>;
  /** Checks the open dialog, and closes it. */
  readonly lookAtDialog: (name: string, options?: { readonly staysOpen: true }) => Promise<void>;
}

/** Elements that exceed the right edge of the page. */
const overflowingElements = `[...document.querySelectorAll('*')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 150))
  .slice(0, 20)`;

type Steps = (tour: Tour) => Promise<void>;

interface Appearance {
  readonly language: 'en' | 'zh';
  readonly theme: 'light' | 'dark';
}

/**
 * `LOOKS=all npm test -- test/console/accessibility` checks each language in each theme, and narrow screens with axe too, which takes
 * some minutes.
 */
const isEveryLook = process.env['LOOKS'] === 'all';
const appearances: readonly Appearance[] = [
  { language: 'en', theme: 'light' },
  ...(isEveryLook
    ? ([
        { language: 'zh', theme: 'dark' },
        { language: 'en', theme: 'dark' },
        { language: 'zh', theme: 'light' },
      ] as const)
    : []),
];

/** Returns the violations by page or dialog. On narrow screens, axe checks only English, and no color contrast. */
async function runTour(page: Page, { language, theme }: Appearance, all: readonly Steps[]): Promise<Record<string, unknown>> {
  const texts = textsIn(language);
  const faults: Record<string, unknown> = {};
  // The last one is on top of the others.
  const dialog = page.getByRole('dialog').last();
  const check = async (view: string, within = 'html', configure = (axe: AxeBuilder) => axe) => {
    const { violations } = await configure(new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }))
      .include(within)
      .analyze();
    for (const { id, nodes } of violations) {
      faults[`${view}: ${id}`] = nodes.map(({ html }) => html);
    }
  };
  const checkWide = async (name: string, within?: string) => {
    await page.getByText(texts.common.loading, { exact: true }).first().waitFor({ state: 'detached' });
    await check(name, within);
  };
  const fits = async (): Promise<boolean> => {
    for (let resizes = 0; resizes < resizesMax; resizes += 1) {
      await page.setViewportSize({ ...narrow, width: narrow.width + (resizes % 2) });
      const hasFitted = await page
        .waitForFunction('document.documentElement.scrollWidth <= innerWidth', undefined, { timeout: waitMaxMs / resizesMax })
        .catch(() => undefined);
      if (hasFitted !== undefined) {
        return true;
      }
    }
    return false;
  };
  const checkNarrow = async (name: string) => {
    await page.setViewportSize(narrow);
    if (!(await fits())) {
      faults[`${name}: is too wide`] = await page.evaluate(overflowingElements);
    }
    if (isEveryLook && language === 'en') {
      await check(`${name}, narrow`, undefined, (axe) =>
        // An open help panel covers the page and its heading. Labels that are scrolled out of view count as missing.
        axe.disableRules(['color-contrast', 'page-has-heading-one', 'label-title-only']),
      );
    }
    await page.setViewportSize(wide);
  };
  const button: Tour['button'] = (name, within = page) => within.getByRole('button', { name, exact: true }).first();
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
  await page.setViewportSize(wide);
  const tour: Tour = {
    page,
    texts,
    dialog,
    button,
    go: async (path, shown) => {
      // Otherwise it opens in the region that was chosen last.
      await page.goto(`${origin()}/console${path}${path.includes('?') ? '&' : '?'}region=${scene.region}`);
      await shown.first().waitFor();
    },
    visit: async (path, title, shown) => {
      // The navigation can be closed.
      await page.locator(`nav a[href^="/console${path}"]`).first().dispatchEvent('click');
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await shown.first().waitFor();
    },
    menu: async (name, item) => {
      await button(name).click();
      // Some items have a line of explanation, which is part of their name.
      await page
        .getByRole('menuitem', { name: new RegExp(`^${item}`) })
        .first()
        .click();
    },
    look: async (name) => {
      await checkWide(name);
      await checkNarrow(name);
    },
    lookNarrow: checkNarrow,
    lookAtDialog: async (name, options) => {
      await dialog.waitFor();
      await checkWide(name, '[role=dialog]');
      if (isEveryLook) {
        await checkNarrow(name);
      }
      if (options === undefined) {
        // The first Escape can close an open suggestion list.
        while (await dialog.isVisible()) {
          await page.keyboard.press('Escape');
        }
      }
    },
  };
  for (const steps of all) {
    // A step that fails must not hide what the others find.
    await steps(tour).catch((failure: unknown) => {
      faults[`${steps.name}: stopped`] = String(failure);
    });
  }
  return faults;
}

const customImages: Steps = async ({ page, texts, dialog, go, button, menu, look, lookNarrow, lookAtDialog }) => {
  const { common, images, dialogs, sharing } = texts;
  await go('/images', page.getByRole('link', { name: image }));
  await look('custom images');
  await button(images.register).click();
  await dialog.waitFor();
  await button(dialogs.register, dialog).click();
  await lookAtDialog('register with faults');
  await button(common.preferences).click();
  await lookAtDialog('columns');

  await page.getByRole('checkbox', { name: images.selectOne(image) }).check();
  await button(images.share(1)).click();
  await dialog.getByLabel(sharing.recipients).first().fill(`${scene.others[49]} ${scene.others[0]} nobody ?! `);
  await dialog.getByText(sharing.unknown).waitFor();
  await dialog.getByRole('radio', { name: sharing.at }).check();
  await button(sharing.share(1), dialog).click();
  await lookNarrow('share with faults');
  await lookAtDialog('share with faults');
  for (const item of ['edit', 'copyTo', 'copyAndShare', 'deprecate'] as const) {
    await menu(images.actions, images[item]);
    await lookAtDialog(item);
  }
  await menu(images.actions, images.delete(1));
  await dialog.getByText(/3/).filter({ visible: true }).first().waitFor();
  await lookAtDialog('delete');

  await page.getByRole('button', { name: new RegExp(`${common.region}.*${scene.region}`) }).click();
  await page.getByRole('menuitem', { name: 'ap-shanghai' }).click();
  await page.getByText(images.noImages).first().waitFor();
  await look('custom images, empty');
  await page.getByRole('button', { name: new RegExp(`${common.region}.*ap-shanghai`) }).click();
  await page.getByRole('menuitem', { name: scene.region }).click();
  await page.getByText(image).first().waitFor();
};

const copyJobs: Steps = async ({ page, texts: { copyJobs: texts }, go, look }) => {
  const { region, imageId } = scene.image(image);
  const [recipient] = scene.others;
  const { jobId } = await apiOf({ account: scene.account }).ok(startCopyJob, {
    region,
    imageId,
    destinations: [{ region, name: 'copied' }],
    recipients: [recipient],
  });
  await go('/copy-jobs', page.getByRole('link', { name: jobId }));
  await look('copy jobs');
  await go(`/copy-jobs/${region}/${jobId}`, page.getByText(texts.groups.planned(1)));
  await look('copy job');
};

const imageDetails: Steps = async ({ page, texts: { details, records, sharing }, dialog, go, button, look, lookAtDialog }) => {
  const { region, imageId } = scene.image(image);
  const recipient = scene.others[0] ?? '';
  await go(`/images/${region}/${imageId}`, page.getByRole('checkbox', { name: details.selectRecipient(recipient) }));
  await look('recipients');
  await button(details.editRecipients).click();
  await dialog.getByRole('textbox').first().fill(`${recipient} ${scene.others[49]}`);
  await dialog.getByText(sharing.riskTitle).waitFor();
  await lookAtDialog('edit recipients');
  await page.getByRole('checkbox', { name: details.selectRecipient(recipient) }).check();
  await button(details.stopSharing).click();
  await dialog.getByText(recipient).first().waitFor();
  await lookAtDialog('stop sharing');
  await button(details.editExpiration).click();
  await lookAtDialog('edit expiration');
  for (const [tab, shown] of [
    [details.activity, records.actionNames['ImportImage'] ?? ''],
    [details.instances, details.noInstances],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel', { name: tab }).getByText(shown).first().waitFor();
    await look(tab);
  }
  await go(`/images/${region}/img-none0000`, page.locator('a[href="/v1/docs/errors#received.visible"]'));
  await look('image not found');
};

const recipients: Steps = async ({
  page,
  texts: { recipients: texts },
  dialog,
  go,
  visit,
  button,
  look,
  lookNarrow,
  lookAtDialog,
}) => {
  const recipient = scene.others[0] ?? '';
  await visit('/recipients', texts.title, page.getByRole('link', { name: recipient }));
  await look('recipients of all images');
  await go(`/recipients/${recipient}`, page.getByRole('link', { name: image }));
  await look('shares of a recipient');
  await button(texts.stop).click();
  await button(texts.stop, dialog).click();
  await dialog.getByText(texts.confirmMismatch(recipient)).waitFor();
  await lookNarrow('stop all sharing');
  await lookAtDialog('stop all sharing');
  await go('/shares', page.getByRole('link', { name: image }));
  await look('all shares');
};

const sharedImages: Steps = async ({ page, texts: { shared, owners }, dialog, go, visit, button, menu, look, lookAtDialog }) => {
  const { imageId } = scene.image('analytics-node');
  await visit('/shared-images', shared.title, page.getByRole('link', { name: 'analytics-node' }));
  await button(shared.saveCopyOf('edge-gateway')).waitFor();
  await look('shared images');
  await button(owners.trustedOwners).click();
  await lookAtDialog('trusted owners');
  await page.getByRole('radio', { name: shared.select(imageId) }).check();
  for (const item of ['saveCopy', 'leave'] as const) {
    await menu(shared.actions, shared[item]);
    await lookAtDialog(item);
  }
  await menu(shared.actions, owners.leaveOwner);
  await dialog.getByText(owners.leaveAllWarning).waitFor();
  await lookAtDialog('leave all of an owner');
  await menu(shared.actions, owners.block);
  await lookAtDialog('block the owner');
  await button(shared.launch).click();
  await lookAtDialog('launch a shared image');
  await go(`/images/${scene.region}/${imageId}`, page.getByText('analytics-node').nth(1));
  await look('details of a shared image');
  await go(`/images/${scene.region}/${scene.image('edge-gateway').imageId}`, button(shared.saveCopyOf('edge-gateway')));
  await look('details of an image whose share expires soon');
};

const publicImages: Steps = async ({ page, texts: { public: texts }, visit, look }) => {
  await visit('/public-images', texts.title, page.getByRole('heading', { level: 1, name: texts.title }));
  await look('public images');
};

const instances: Steps = async ({ page, texts: { instances: texts }, dialog, visit, button, menu, look, lookAtDialog }) => {
  await visit('/instances', texts.title, page.getByText(texts.imageStatuses['not-shared']));
  await look('instances');
  await button(texts.launch).click();
  await button(texts.launch, dialog).click();
  await lookAtDialog('launch with faults');
  // The image of the first instance is no longer shared.
  await page.getByRole('radio').nth(1).check();
  for (const item of ['reinstall', 'reinitialize', 'createImage', 'terminate'] as const) {
    await menu(texts.actions, texts[item]);
    await lookAtDialog(item);
  }
};

const activity: Steps = async ({ page, texts: { activity: texts, csv }, dialog, go, visit, button, look, lookAtDialog }) => {
  // Earlier tours made changes too, so any image can be on the first page.
  await visit('/activity', texts.title, page.getByRole('table').getByRole('link'));
  await look('activity of the account');
  await button(csv.download).click();
  await dialog.getByText(/activity-.*[.]csv/).waitFor();
  await lookAtDialog('download');
  await go('/activity?image=img-none0000', page.getByRole('button', { name: texts.time }));
  await look('activity with a filter');
};

const addressBook: Steps = async ({
  page,
  texts: { addressBook: texts, images, sharing },
  dialog,
  go,
  visit,
  button,
  look,
  lookAtDialog,
}) => {
  const id = scene.others[0] ?? '';
  await visit('/address-book', texts.title, page.getByText('Globex'));
  await look('address book');
  await button(texts.add).click();
  await dialog.getByLabel(texts.id).fill('a b');
  await button(texts.save, dialog).click();
  await lookAtDialog('add an entry with faults');
  await page.getByRole('radio', { name: texts.select(id) }).check();
  await button(texts.delete).click();
  await lookAtDialog('delete an entry');
  await button(texts.importCsv).click();
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from('1,One\n2,') });
  await dialog.getByText(texts.skipped(1)).waitFor();
  await lookAtDialog('import');
  const { region, imageId } = scene.image(image);
  await go(`/images/${region}/${imageId}`, page.getByText('Globex'));
  await button(images.share(1)).first().click();
  await dialog.getByRole('textbox', { name: sharing.recipients }).fill('x');
  await dialog.getByRole('group', { name: texts.suggestions }).waitFor();
  await lookAtDialog('share by name');
};

const account: Steps = async ({ page, texts: { common, owners, account: texts }, dialog, visit, button, look, lookAtDialog }) => {
  await visit('/account', texts.title, page.getByRole('img', { name: texts.usageTitle }).or(page.getByText(texts.viewAsTable)));
  await page.getByText(texts.viewAsTable).click();
  await look('account');
  await page.getByRole('button', { name: owners.editAcceptance }).first().click();
  await dialog.getByRole('textbox', { name: owners.blockedOwners }).fill('acme -1');
  await dialog.getByRole('radio', { name: owners.trustedOnly }).check();
  await lookAtDialog('edit who can share');
  await page
    .getByRole('radio', { name: texts.selectKey('').trim() })
    .first()
    .check();
  await button(texts.deleteKey).click();
  await lookAtDialog('delete a key');
  await page
    .getByRole('button', { name: texts.disableKey })
    .or(page.getByRole('button', { name: texts.enableKey }))
    .first()
    .click();
  await lookAtDialog('disable or enable a key');
  await button(texts.createKey).click();
  await lookAtDialog('create a key', { staysOpen: true });
  await button(texts.createKey, dialog).click();
  await dialog.getByText(texts.secret).first().waitFor();
  await lookAtDialog('new key', { staysOpen: true });
  await dialog.getByRole('button', { name: texts.done }).last().click();
  await dialog.getByText(texts.leaveTitle).waitFor();
  await lookAtDialog('close without saving the secret', { staysOpen: true });
  await button(texts.leaveConfirm, dialog).click();
  await page.getByRole('button', { name: common.close }).first().waitFor();
  await look('account with a notice');
};

const accessChecker: Steps = async ({ page, texts: { common, checker, rules }, go, button, look }) => {
  await go('/access-checker', page.getByText(checker.notRun));
  await look('access checker');
  await button(common.regionRules).click();
  await page.getByText(rules.intro).waitFor();
  await look('rules of the region');
  await go(
    `/access-checker?region=${scene.region}&image=${scene.image(image).imageId}&use=delete`,
    page.locator('a[href="/v1/docs/errors#delete.guard"]'),
  );
  await look('access checker, denied');
};

const notFound: Steps = async ({ page, texts: { common }, go, look }) => {
  await go('/nowhere', page.getByRole('heading', { level: 1, name: common.notFoundTitle }));
  await look('not found');
};

/** What consists of parts that other steps check. */
const rareStates: Steps = async ({ page, texts, dialog, go, button, menu, look, lookAtDialog }) => {
  const { common, details, images, apiCall, copyJobs } = texts;
  await go('/images', page.getByRole('link', { name: image }));
  await button(images.register).click();
  await dialog.getByRole('textbox', { name: images.name, exact: true }).fill('web');
  await button(apiCall.show, dialog).click();
  await dialog.getByText(apiCall.curlText(1)).waitFor();
  await lookAtDialog('API call', { staysOpen: true });
  await dialog.getByRole('tab').nth(1).click();
  await dialog.getByRole('tab', { selected: true }).and(dialog.getByRole('tab').nth(1)).waitFor();
  await lookAtDialog('call of the cloud');
  await page.getByRole('checkbox', { name: images.selectOne(image) }).check();
  await menu(images.actions, images.copyAndShare);
  await button(copyJobs.submit, dialog).click();
  await lookAtDialog('copy and share with faults');
  await go(`/images/${scene.region}/${publicImageId}`, page.getByRole('heading', { level: 1, name: 'debian' }));
  await look('details of a public image');
  await go(`/images/${scene.region}/${deletedImageId}`, page.getByText(details.deletedTitle));
  await look('deleted image');
  await go('/images?region=cn-nowhere', page.getByRole('heading', { level: 1, name: common.unknownRegion }));
  await look('unknown region');
  await page.route('**/v1/regions/*/images?*', (route) => route.fulfill({ status: 403, json: {} }));
  await go('/images', page.getByText(images.loadFailed));
  await button(common.refresh).waitFor();
  await look('custom images that failed to load');
  await page.unroute('**/v1/regions/*/images?*');
};

/** Must be last, because it signs out. */
const sessionEnd: Steps = async ({ page, texts: { common, images }, dialog, go, button, look, lookAtDialog }) => {
  await go('/images', page.getByRole('heading', { level: 1, name: images.title }));
  await page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: {} }));
  await button(common.refresh).click();
  await dialog.getByText(common.expiredText).waitFor();
  await lookAtDialog('session expired');
  await page.unroute('**/v1/**');
  await go('/images', page.getByRole('heading', { level: 1, name: images.title }));
  await page.getByRole('button', { name: 'Acme' }).first().click();
  await page.getByRole('menuitem', { name: common.signOut }).click();
  await page.getByText(common.signedOutTitle).waitFor();
  await look('signed out');
};

describe('the console', () => {
  // One test per language and theme, which signs in only once.
  it.each(appearances)('has no accessibility violations in $language and $theme', async (look) => {
    const { language } = look;
    const { images } = textsIn(language);
    const page = await openConsole({
      account: scene.account,
      language: language === 'en' ? 'en' : 'zh-CN',
      path: '/images',
      heading: images.title,
    });

    const all = [
      customImages,
      imageDetails,
      recipients,
      copyJobs,
      sharedImages,
      publicImages,
      instances,
      activity,
      addressBook,
      account,
      accessChecker,
      notFound,
      ...(isEveryLook ? [rareStates] : []),
      sessionEnd,
    ];
    const faults = await runTour(page, look, all);

    expect(faults).toEqual({});
  });
});
