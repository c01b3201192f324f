import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from './assess-coverage.ts';
import { calledBy, filter, fn, resourceOf } from './testing/templates.ts';

describe('the report', () => {
  const two = { Book: fn(), Heard: filter('/aws/lambda/shop-book'), Other: resourceOf('AWS::Lambda::Function') };

  test('counts resources, and cuts off', () => {
    expect(assessCoverage({ Resources: two })).toMatchObject({ coveragePct: 50, watched: 1, unwatched: 1, exempt: 0 });
    const third = { ...two, Third: resourceOf('AWS::Lambda::Function') };
    expect(assessCoverage({ Resources: third }).coveragePct).toBe(33.3);
    expect(assessCoverage({}).coveragePct).toBe(100);
  });

  test('an exemption counts neither way, and one without need is told', () => {
    const exemptions = [
      { resource: 'Oth*', aspect: 'failures', reason: 'its caller sees the error' },
      { resource: 'Book', reason: 'not needed: it is watched' },
      { resource: 'Gone', reason: 'there is none' },
    ];
    const report = assessCoverage({ Resources: two }, { exemptions });
    expect(report).toMatchObject({ coveragePct: 100, watched: 1, unwatched: 0, exempt: 1 });
    expect(report.idleExemptions.map(({ resource }) => resource)).toEqual(['Book', 'Gone']);
  });

  test('an exemption of one question leaves the others open', () => {
    const stack = { Book: fn(), P: calledBy('sns.amazonaws.com') };
    const exemptions = [{ resource: 'Book', aspect: 'lost-events', reason: 'sent again tomorrow' }];
    expect(assessCoverage({ Resources: stack }, { exemptions }).unwatched).toBe(1);
  });

  test('nested stacks and machines are not assessed, and nothing beside them is no full coverage', () => {
    const stack = {
      Nested: resourceOf('AWS::CloudFormation::Stack'),
      Host: resourceOf('AWS::EC2::Instance'),
      Net: resourceOf('AWS::EC2::Subnet'),
      Group: resourceOf('AWS::EC2::SecurityGroupIngress'),
    };
    const { coveragePct, notAssessed } = assessCoverage({ Resources: stack });
    expect([coveragePct, notAssessed.map(({ type }) => type)]).toEqual([
      0,
      ['AWS::CloudFormation::Stack', 'AWS::EC2::Instance'],
    ]);
  });

  test('a resource without properties is read as one that says nothing', () => {
    const stack = JSON.parse('{"R":{"Type":"AWS::Events::Rule","Properties":null},"X":null}') as typeof two;
    const machine = resourceOf('AWS::StepFunctions::StateMachine');
    expect(assessCoverage({ Resources: { ...stack, Machine: machine } }).unwatched).toBe(2);
  });

  test('names the types that it knows nothing about', () => {
    const stack = {
      Pool: resourceOf('AWS::Cognito::UserPool'),
      Role: resourceOf('AWS::IAM::Role'),
      Hook: resourceOf('Custom::S3'),
    };
    expect(assessCoverage({ Resources: stack }).notAssessed).toEqual([
      { type: 'AWS::Cognito::UserPool', logicalIds: ['Pool'] },
    ]);
  });
});
