import { I18nProvider } from '@cloudscape-design/components/i18n';
import english from '@cloudscape-design/components/i18n/messages/all.en';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { Loading } from './components/loading.tsx';
import { Frame } from './frame/frame.tsx';
import { NotFound } from './frame/not-found.tsx';
import { PreferencesProvider, usePreferences } from './frame/preferences.tsx';
import { SessionProvider } from './session/session-provider.tsx';
import { SignedIn } from './session/signed-in.tsx';
import { SignedOut } from './session/signed-out.tsx';

const CustomImages = lazy(() => import('./images/custom-images.tsx'));
const ImageDetails = lazy(() => import('./images/image-details.tsx'));
const CopyJobs = lazy(() => import('./copy-jobs/copy-jobs.tsx'));
const CopyJob = lazy(() => import('./copy-jobs/copy-job.tsx'));
const Recipients = lazy(() => import('./recipients/recipients.tsx'));
const RecipientShares = lazy(() => import('./recipients/recipient-shares.tsx'));
const AllShares = lazy(() => import('./recipients/all-shares.tsx'));
const SharedImages = lazy(() => import('./shared-images/shared-images.tsx'));
const PublicImages = lazy(() => import('./public-images/public-images.tsx'));
const Instances = lazy(() => import('./instances/instances.tsx'));
const Activity = lazy(() => import('./activity/activity.tsx'));
const AddressBook = lazy(() => import('./address-book/address-book.tsx'));
const Account = lazy(() => import('./account/account.tsx'));
const AccessChecker = lazy(() => import('./access-checker/access-checker.tsx'));

export const App = () => (
  <PreferencesProvider>
    <Translated>
      <Routes>
        <Route path="signed-in" element={<SignedIn />} />
        <Route path="signed-out" element={<SignedOut />} />
        <Route path="*" element={<Console />} />
      </Routes>
    </Translated>
  </PreferencesProvider>
);

const Console = () => (
  <SessionProvider>
    <Frame>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="images" element={<CustomImages />} />
          <Route path="images/:region/:imageId" element={<ImageDetails />} />
          <Route path="copy-jobs" element={<CopyJobs />} />
          <Route path="copy-jobs/:region/:jobId" element={<CopyJob />} />
          <Route path="recipients" element={<Recipients />} />
          <Route path="recipients/:recipient" element={<RecipientShares />} />
          <Route path="shares" element={<AllShares />} />
          <Route path="shared-images" element={<SharedImages />} />
          <Route path="public-images" element={<PublicImages />} />
          <Route path="instances" element={<Instances />} />
          <Route path="activity" element={<Activity />} />
          <Route path="address-book" element={<AddressBook />} />
          <Route path="account" element={<Account />} />
          <Route path="access-checker" element={<AccessChecker />} />
          <Route path="why" element={<FormerAccessChecker />} />
          <Route index element={<Navigate to="/images" replace />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Frame>
  </SessionProvider>
);

/** Keeps links and bookmarks to the former path working. */
function FormerAccessChecker() {
  const { search } = useLocation();
  return <Navigate to={`/access-checker${search}`} replace />;
}

type Messages = Parameters<typeof I18nProvider>[0]['messages'];

/** Localizes the built-in texts of Cloudscape components. Chinese messages are loaded on demand. */
function Translated({ children }: { children: React.ReactNode }) {
  const { language } = usePreferences();
  const [messages, setMessages] = useState<Messages>([english]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    if (language === 'en') {
      setMessages([english]);
      return;
    }
    let isCurrent = true;
    void import('@cloudscape-design/components/i18n/messages/all.zh-CN').then(({ default: chinese }) => {
      if (isCurrent) {
        setMessages([chinese]);
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en'} messages={messages}>
      {children}
    </I18nProvider>
  );
}
