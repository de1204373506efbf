import { useEffect, useState } from 'react';
import type { Licence } from 'virtual:licences';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Fact } from '../../kit/fact.tsx';
import { formatCount } from '../../kit/format.ts';

/** The version of Staffdesk and of its parts, and the licences of the work in it. */
export function AboutSection() {
  const computer = usePart((s) => s.computer);
  const about = useStoreOf(
    (s) => s.computer,
    (state) => state.about,
  );
  useEffect(() => {
    computer.askAbout();
  }, [computer]);
  const chromium = /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1];
  const electron = about?.electron ?? null;
  const words = texts.about;
  return (
    <>
      <dl className="facts">
        <Fact label={words.version}>{about?.version}</Fact>
        {electron !== null && <Fact label={words.electron}>{electron}</Fact>}
        {chromium !== undefined && <Fact label={words.chromium}>{chromium}</Fact>}
        <Fact label={words.node}>{about?.node}</Fact>
        <Fact label={words.sqlite}>{about?.sqlite}</Fact>
      </dl>
      <p className="quiet">{words.licence}</p>
      <Licences />
    </>
  );
}

function Licences() {
  const licences = useLicences();
  const words = texts.about;
  return (
    <div className="setting licences">
      <h4>
        {words.licences}{' '}
        <span className="quiet">{words.packages(formatCount(licences.length))}</span>
      </h4>
      {licences.map(({ name, version, licence, text }) => (
        <details key={`${name} ${version}`}>
          <summary>
            <b>{name}</b> {version} <span className="quiet">{licence}</span>
          </summary>
          <pre tabIndex={0} aria-label={name}>
            {text === '' ? licence : text}
          </pre>
        </details>
      ))}
    </div>
  );
}

/** The licences, which are apart from the window's own code, since hardly anyone looks. */
function useLicences(): readonly Licence[] {
  const [licences, setLicences] = useState<readonly Licence[]>([]);
  useEffect(() => {
    void import('virtual:licences').then((module) => {
      setLicences(module.default);
    });
  }, []);
  return licences;
}
